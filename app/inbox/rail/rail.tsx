"use client";
import Search from "lucide-react/icons/search";
import SquarePen from "lucide-react/icons/square-pen";
import type { Me } from "@/app/replica/types";
import { Button } from "@/app/ui/button";
import { Icon } from "@/app/ui/icon";
import { Kbd } from "@/app/ui/kbd";
import { Mark, Wordmark } from "@/app/ui/mark";
import { tip } from "@/app/ui/tip";
import type { Folder } from "@/domain/thread";
import { Resizer } from "../panes/resizer";
import { useStage } from "../stage";
import { Folders } from "./folders";
import { MeMenu } from "./me-menu";
import { Online } from "./online";

/** The way around: writing, searching, folders, people, oneself. Icons alone where the screen is narrow. */
export function Rail({ me, folder }: { me: Me | undefined; folder: Folder | undefined }) {
  const { show } = useStage();
  return (
    <nav
      aria-label="Folders"
      className="relative flex min-h-0 min-w-0 flex-col gap-3 border-line border-e bg-sunken p-3 [--ground:var(--sunken)] max-md:hidden max-rail:items-center max-rail:px-2"
    >
      <div className="flex h-8 items-center px-2 max-rail:px-0">
        <span className="max-rail:hidden">
          <Wordmark />
        </span>
        <span className="rail:hidden">
          <Mark label="Braid" />
        </span>
      </div>
      <Button
        look="primary"
        icon={SquarePen}
        keys="c"
        onClick={() => show({ kind: "compose" })}
        aria-label="New message"
        className="w-full max-rail:size-10 max-rail:px-0 max-rail:[&_span>span]:hidden"
      >
        <span className="max-rail:hidden">New message</span>
      </Button>
      <SearchButton onClick={() => show({ kind: "palette" })} />
      <Folders current={folder} />
      <div className="flex min-h-0 grow flex-col">{me && <Online me={me} />}</div>
      {me && <MeMenu me={me} />}
      <Resizer pane="rail" label="Width of the folders" edge="end" className="max-rail:hidden" />
    </nav>
  );
}

/** Looks like the field it opens. */
const SearchButton = ({ onClick }: { onClick: () => void }) => (
  <button
    type="button"
    onClick={onClick}
    {...tip("Search people, conversations and commands", "$mod+k")}
    aria-label="Search"
    className="flex h-8 w-full items-center gap-2 rounded-md border border-edge/60 bg-raised px-2 text-faint hover:text-muted max-rail:size-10 max-rail:justify-center max-rail:px-0"
  >
    <Icon of={Search} />
    <span className="grow text-start max-rail:hidden">Search</span>
    <Kbd keys="$mod+k" className="max-rail:hidden" />
  </button>
);
