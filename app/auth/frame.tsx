import type { ReactNode } from "react";
import { Wordmark } from "@/app/ui/mark";

/** The pages before one is signed in: the name, and one calm column (two when there is something beside the form). */
export function Frame({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <div className="flex min-h-dvh flex-col px-5 pt-6 pb-10 md:px-10">
      <header>
        <Wordmark />
      </header>
      <main className={`m-auto w-full py-10 ${wide ? "max-w-[58rem]" : "max-w-80"}`}>{children}</main>
    </div>
  );
}
