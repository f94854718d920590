import CircleX from "lucide-react/icons/circle-x";
import { Icon } from "@/app/ui/icon";
import type { Storage as StorageOverview } from "./data";

/** The servers of the message store and how its tables lie on them. Shown when it has servers of its own. */
export const Storage = ({ storage: { engine, words, servers, tables } }: { storage: StorageOverview }) => (
  <section aria-labelledby="storage" className="flex min-w-0 flex-col gap-4">
    <div className="flex flex-col gap-0.5">
      <h2 id="storage" className="font-semibold text-large">
        Message store
      </h2>
      <p className="text-muted text-small">
        {engine && `${engine}. `}
        {words}
      </p>
    </div>
    <div className="grid gap-x-16 gap-y-5 md:grid-cols-2">
      <Named title="Servers" of={servers.map(({ name, alive, words }) => ({ name, words, down: !alive }))} />
      <Named title="Tables" of={tables} />
    </div>
  </section>
);

interface NamedThing {
  readonly name: string;
  readonly words: string;
  readonly down?: boolean;
}

const Named = ({ title, of }: { title: string; of: readonly NamedThing[] }) => (
  <div className="flex min-w-0 flex-col gap-1">
    <h3 className="text-faint text-small">{title}</h3>
    <ul className="flex flex-col gap-3">
      {of.map(({ name, words, down = false }) => (
        <li key={name} className="flex min-w-0 flex-col">
          <span className={`flex items-center gap-1.5 break-all font-medium ${down ? "text-danger" : ""}`}>
            {down && <Icon of={CircleX} />}
            {name}
          </span>
          <span className="text-muted text-small">{words}</span>
        </li>
      ))}
    </ul>
  </div>
);
