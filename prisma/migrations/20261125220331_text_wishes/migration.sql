-- CreateTable
CREATE TABLE "TextWishes" (
    "userId" TEXT NOT NULL,
    "on" BOOLEAN NOT NULL,
    "direct" BOOLEAN NOT NULL,
    "group" BOOLEAN NOT NULL,
    "email" BOOLEAN NOT NULL,
    "quietFrom" INTEGER,
    "quietTo" INTEGER,
    "zone" TEXT NOT NULL,
    "daily" INTEGER NOT NULL,
    "off" TEXT[],
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "TextWishes_pkey" PRIMARY KEY ("userId")
);

-- AddForeignKey
ALTER TABLE "TextWishes" ADD CONSTRAINT "TextWishes_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
