-- AlterTable
ALTER TABLE "Address" DROP COLUMN "kind";

-- AlterTable
ALTER TABLE "AddressChallenge" DROP COLUMN "kind";

-- DropEnum
DROP TYPE "AddressKind";

-- CreateTable
CREATE TABLE "Phone" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "verifiedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Phone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PhoneCode" (
    "id" TEXT NOT NULL,
    "userId" TEXT,
    "number" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "caller" TEXT,
    "codeHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PhoneCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PhoneTry" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "caller" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PhoneTry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PhoneMove" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "toldAt" TIMESTAMPTZ(3),

    CONSTRAINT "PhoneMove_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Phone_key_key" ON "Phone"("key");

-- CreateIndex
CREATE INDEX "Phone_userId_idx" ON "Phone"("userId");

-- CreateIndex
CREATE INDEX "PhoneCode_createdAt_idx" ON "PhoneCode"("createdAt");

-- CreateIndex
CREATE INDEX "PhoneTry_userId_idx" ON "PhoneTry"("userId");

-- CreateIndex
CREATE INDEX "PhoneTry_caller_idx" ON "PhoneTry"("caller");

-- CreateIndex
CREATE INDEX "PhoneMove_toldAt_idx" ON "PhoneMove"("toldAt");

-- AddForeignKey
ALTER TABLE "Phone" ADD CONSTRAINT "Phone_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PhoneCode" ADD CONSTRAINT "PhoneCode_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PhoneTry" ADD CONSTRAINT "PhoneTry_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
