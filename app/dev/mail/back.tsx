import ArrowLeft from "lucide-react/icons/arrow-left";
import { Icon } from "@/app/ui/icon";
import { hrefOf } from "./place";

/** Where list and mail share one pane. */
export const BackToList = () => (
  <a
    href={hrefOf({ at: "list" })}
    className="-mx-2 mb-4 inline-flex h-8 items-center gap-2 rounded-md px-2 text-muted hover:bg-hover hover:text-ink max-md:h-11 lg:hidden"
  >
    <Icon of={ArrowLeft} className="rtl:-scale-x-100" />
    All mails
  </a>
);
