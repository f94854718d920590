import { cx } from "@/app/ui/cx";
import { Icon } from "@/app/ui/icon";
import { Time } from "@/app/ui/moment";
import { VisuallyHidden } from "@/app/ui/visually-hidden";
import type { Carrier, Sms } from "./data";
import { FigureList } from "./figures";
import { SeriesPlot } from "./series-plot";
import { STATE } from "./state";
import { failureLine } from "./words";

/** What goes by SMS: the phones, and each carrier with its connections, its figures and what it does not take. */
export const Carriers = ({ sms: { words, carriers, phones } }: { sms: Sms }) => (
  <section aria-labelledby="carriers" className="flex min-w-0 flex-col gap-6">
    <div className="flex flex-col gap-0.5">
      <h2 id="carriers" className="font-semibold text-large">
        Text messages
      </h2>
      <p className="text-muted text-small">{words}</p>
    </div>
    {phones.length > 0 && <FigureList figures={phones} className="md:grid-cols-3 lg:grid-cols-5" />}
    {carriers.map((carrier) => (
      <CarrierPart key={carrier.name} carrier={carrier} />
    ))}
  </section>
);

function CarrierPart({ carrier }: { carrier: Carrier }) {
  const { name, protocol, state, words, lastError, figures, series } = carrier;
  const { icon, text, word } = STATE[state];
  return (
    <article aria-labelledby={`carrier-${name}`} className="flex min-w-0 flex-col gap-5 border-line border-t pt-6">
      <div className="flex items-start gap-3">
        <span className={cx("mt-0.5 inline-flex", text)}>
          <Icon of={icon} />
        </span>
        <div className="flex min-w-0 flex-col gap-0.5">
          <h3 id={`carrier-${name}`} className="flex flex-wrap items-baseline gap-x-2 font-medium">
            <span className="break-all">{name}</span>
            <span className="font-normal text-faint text-small">{protocol}</span>
            {state === "ok" ? <VisuallyHidden>{word}</VisuallyHidden> : <span className={cx("font-normal text-small", text)}>{word}</span>}
          </h3>
          <p className="text-muted text-small">{words}</p>
          {lastError && (
            <p className="text-faint text-small">
              Last trouble, <Time at={lastError.at} as="long" />: {lastError.words}
            </p>
          )}
        </div>
      </div>
      <div className="grid gap-8 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] md:gap-16">
        <FigureList figures={figures} className="lg:grid-cols-4" />
        <div className="flex min-w-0 flex-col gap-6">
          <Binds carrier={carrier} />
          <Failures carrier={carrier} />
        </div>
      </div>
      <div className="grid gap-8 md:grid-cols-2 md:gap-16">
        {series.filter(hasMoved).map((one) => (
          <SeriesPlot key={one.key} series={one} of={name} hue={one.key === "failed" ? "var(--danger)" : "var(--sms)"} />
        ))}
      </div>
    </article>
  );
}

/** An hour of nothing needs no plot: the figures say so. */
const hasMoved = ({ points }: Carrier["series"][number]): boolean => points.some(([, value]) => value > 0);

function Binds({ carrier: { name, binds } }: { carrier: Carrier }) {
  if (binds.length === 0) return null;
  return (
    <div className="flex flex-col gap-1">
      <h4 className="text-faint text-small">Connections</h4>
      <ul aria-label={`Connections to ${name}`} className="flex flex-col gap-2">
        {binds.map((bind) => (
          <li key={bind.name} className="flex flex-col">
            <span>
              <span className="font-medium">{bind.name}</span>{" "}
              <span className={bind.state === "broken" ? "text-danger" : "text-muted"}>
                {bind.words}
                {bind.since !== undefined && (
                  <>
                    {" · "}
                    <Time at={bind.since} />
                  </>
                )}
              </span>
            </span>
            {bind.nextTryAt !== undefined && (
              <span className="text-muted text-small">
                Tried again at <Time at={bind.nextTryAt} as="clock" />
              </span>
            )}
            {bind.ended && (
              <span className="text-faint text-small">
                Ended <Time at={bind.ended.at} as="long" />: {bind.ended.words}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Failures({ carrier: { name, failures } }: { carrier: Carrier }) {
  if (failures.length === 0) return null;
  return (
    <div className="flex flex-col gap-1">
      <h4 className="text-faint text-small">Failures in the last hour</h4>
      <ul aria-label={`Failures of ${name}`} className="flex flex-col gap-1">
        {failures.map(({ reason, count }) => (
          <li key={reason} className="flex items-baseline gap-3 text-small">
            <span className="min-w-8 shrink-0 text-end font-medium tabular-nums">{count.toLocaleString("en")}</span>
            <span className="min-w-0 text-muted">{failureLine(reason)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
