import ArrowLeft from "lucide-react/icons/arrow-left";
import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { Icon } from "./icon";
import { SkipLink } from "./states";

export interface PageFrameProps {
  title: string;
  /** One sentence under the title. */
  words?: ReactNode;
  /** At the end of the title's line. */
  acts?: ReactNode;
  /** `text` 60 rem for reading and forms, `wide` 80 rem for figures and lists side by side. */
  width?: "text" | "wide";
  children: ReactNode;
}

/** A page beside the inbox: the way back, the title, and what it is about. */
export function PageFrame({ title, words, acts, width = "text", children }: PageFrameProps) {
  return (
    <div className={cx("mx-auto w-full px-5 pb-16 md:px-8", width === "wide" ? "max-w-[80rem]" : "max-w-[60rem]")}>
      <SkipLink to="content">To the content</SkipLink>
      <nav aria-label="Back" className="-mx-2 flex h-14 items-center">
        <Link href="/" className="flex h-8 items-center gap-2 rounded-md px-2 text-muted transition-colors hover:bg-hover hover:text-ink max-md:h-11">
          <Icon of={ArrowLeft} className="rtl:-scale-x-100" />
          Inbox
        </Link>
      </nav>
      <main id="content" tabIndex={-1} className="flex flex-col gap-8 outline-none">
        <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="flex min-w-0 flex-col gap-1">
            <h1 className="font-semibold text-title">{title}</h1>
            {words && <p className="max-w-text text-muted">{words}</p>}
          </div>
          {acts}
        </header>
        {children}
      </main>
    </div>
  );
}

/** A part of such a page: its name and a sentence at the side, its content beside it. */
export const PageSection = ({ title, words, children }: { title: string; words?: ReactNode; children: ReactNode }) => (
  <section aria-label={title} className="grid gap-4 border-line border-t pt-6 md:grid-cols-[14rem_minmax(0,1fr)] md:gap-10">
    <header className="flex flex-col gap-1">
      <h2 className="font-semibold text-large">{title}</h2>
      {words && <p className="text-muted text-small">{words}</p>}
    </header>
    <div className="flex min-w-0 max-w-[36rem] flex-col gap-4">{children}</div>
  </section>
);
