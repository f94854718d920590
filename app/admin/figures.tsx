import type { Figure } from "./data";
import { figureWords } from "./words";

/** The live figures: name, number, unit. */
export const Figures = ({ figures }: { figures: readonly Figure[] }) => (
  <section aria-labelledby="figures" className="flex min-w-0 flex-col gap-4">
    <h2 id="figures" className="font-semibold text-large">
      Now
    </h2>
    <dl className="grid grid-cols-2 gap-x-6 gap-y-5 lg:grid-cols-3">
      {figures.map((figure) => (
        <FigureCell key={figure.key} figure={figure} />
      ))}
    </dl>
  </section>
);

function FigureCell({ figure }: { figure: Figure }) {
  const { value, unit } = figureWords(figure);
  return (
    <div className="flex min-w-0 flex-col">
      <dt className="text-muted text-small">{figure.label}</dt>
      <dd className="flex flex-wrap items-baseline gap-x-1">
        <span className="font-semibold text-title">{value}</span>
        {unit && <span className="text-muted text-small">{unit}</span>}
        {figure.words && <span className="basis-full text-faint text-small">{figure.words}</span>}
      </dd>
    </div>
  );
}
