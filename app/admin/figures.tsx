import { cx } from "@/app/ui/cx";
import { Time } from "@/app/ui/moment";
import type { Figure } from "./data";
import { figureWords } from "./words";

/** The live figures: name, number, unit. */
export const Figures = ({ figures }: { figures: readonly Figure[] }) => (
  <section aria-labelledby="figures" className="flex min-w-0 flex-col gap-4">
    <h2 id="figures" className="font-semibold text-large">
      Now
    </h2>
    <FigureList figures={figures} className="lg:grid-cols-3" />
  </section>
);

/** Two beside each other on a phone; `className` says how many where there is room. */
export const FigureList = ({ figures, className }: { figures: readonly Figure[]; className: string }) => (
  <dl className={cx("grid grid-cols-2 content-start gap-x-6 gap-y-5", className)}>
    {figures.map((figure) => (
      <FigureCell key={figure.key} figure={figure} />
    ))}
  </dl>
);

function FigureCell({ figure }: { figure: Figure }) {
  const { value, unit } = figureWords(figure);
  return (
    <div className="flex min-w-0 flex-col">
      <dt className="text-muted text-small">{figure.label}</dt>
      <dd className="flex flex-wrap items-baseline gap-x-1">
        <span className="font-semibold text-title">{value}</span>
        {unit && <span className="text-muted text-small">{unit}</span>}
        {figure.words && (
          <span className="basis-full text-faint text-small">
            {figure.words}
            {figure.since !== undefined && (
              <>
                {" "}
                <Time at={figure.since} />
              </>
            )}
          </span>
        )}
      </dd>
    </div>
  );
}
