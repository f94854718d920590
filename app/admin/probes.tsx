import { cx } from "@/app/ui/cx";
import { Icon } from "@/app/ui/icon";
import { Time } from "@/app/ui/moment";
import { VisuallyHidden } from "@/app/ui/visually-hidden";
import type { Probe } from "./data";
import { STATE } from "./state";
import { worstFirst } from "./words";

/** Each part of the system and how it is, worst first, in words. */
export const Probes = ({ probes }: { probes: readonly Probe[] }) => (
  <section aria-labelledby="parts" className="flex min-w-0 flex-col gap-2">
    <h2 id="parts" className="font-semibold text-large">
      Parts
    </h2>
    <ul className="flex flex-col">
      {worstFirst(probes).map((probe) => (
        <ProbeRow key={probe.name} probe={probe} />
      ))}
    </ul>
  </section>
);

function ProbeRow({ probe: { name, state, words, since } }: { probe: Probe }) {
  const { word, icon, text } = STATE[state];
  return (
    <li className="flex items-start gap-3 py-2.5">
      <span className={cx("mt-0.5 inline-flex", text)}>
        <Icon of={icon} />
      </span>
      <div className="flex min-w-0 grow flex-col gap-0.5">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{name}</span>
          {state === "ok" ? (
            <VisuallyHidden>{word}</VisuallyHidden>
          ) : (
            <span className={cx("text-small", text)}>
              {word}
              {since !== undefined && (
                <>
                  {" for "}
                  <Time at={since} />
                </>
              )}
            </span>
          )}
        </p>
        <p className="text-muted text-small">{words}</p>
      </div>
    </li>
  );
}
