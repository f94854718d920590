"use client";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./cx";
import { VisuallyHidden } from "./visually-hidden";

interface FieldProps {
  label: string;
  /** Keep the label for screen readers only; the place must make it plain to everyone else. */
  hideLabel?: boolean;
  /** What to know before typing. */
  hint?: ReactNode;
  /** What is wrong, as a sentence; it takes the hint's place. */
  error?: string;
}

const BOX =
  "w-full rounded-md border border-edge bg-raised text-ink transition-colors focus-within:border-accent has-[:focus-visible]:outline-2 has-[:focus-visible]:-outline-offset-1 has-[:focus-visible]:outline-accent has-[[aria-invalid=true]]:border-danger";
const INPUT = "w-full min-w-0 bg-transparent outline-none disabled:text-faint";

export interface TextFieldProps extends FieldProps, Omit<ComponentProps<"input">, "size"> {
  /** Inside the box, before and after the text. */
  before?: ReactNode;
  after?: ReactNode;
}

/** One line of text with its label, hint and error tied to it. */
export function TextField({ label, hideLabel, hint, error, before, after, className, ...input }: TextFieldProps) {
  const field = useField(input.id, hint, error);
  return (
    <Field {...{ label, hideLabel, hint, error, className }} id={field.id} noteId={field.noteId}>
      <div className={cx(BOX, "flex h-9 items-center gap-2 px-3 max-md:h-11")}>
        {before}
        <input {...input} {...field.aria} className={cx(INPUT, "h-full")} />
        {after}
      </div>
    </Field>
  );
}

export interface TextAreaProps extends FieldProps, ComponentProps<"textarea"> {}

/** Several lines; it grows with its text up to 40% of the screen's height. */
export function TextArea({ label, hideLabel, hint, error, className, ...area }: TextAreaProps) {
  const field = useField(area.id, hint, error);
  return (
    <Field {...{ label, hideLabel, hint, error, className }} id={field.id} noteId={field.noteId}>
      <div className={cx(BOX, "flex")}>
        <textarea {...area} {...field.aria} className={cx(INPUT, "field-sizing-content max-h-[40dvh] min-h-20 resize-none px-3 py-2")} />
      </div>
    </Field>
  );
}

function useField(given: string | undefined, hint: ReactNode, error: string | undefined) {
  const made = useId();
  const id = given ?? made;
  const noteId = `${id}-note`;
  return { id, noteId, aria: { id, "aria-invalid": error ? true : undefined, "aria-describedby": hint || error ? noteId : undefined } };
}

function Field({
  id,
  noteId,
  label,
  hideLabel,
  hint,
  error,
  className,
  children,
}: FieldProps & { id: string; noteId: string; className?: string; children: ReactNode }) {
  const name = hideLabel ? <VisuallyHidden>{label}</VisuallyHidden> : label;
  return (
    <div className={cx("flex min-w-0 flex-col gap-1.5", className)}>
      <label htmlFor={id} className={cx("font-medium text-small", hideLabel && "contents")}>
        {name}
      </label>
      {children}
      <p id={noteId} aria-live="polite" className={cx("text-small empty:hidden", error ? "text-danger" : "text-muted")}>
        {error ?? hint}
      </p>
    </div>
  );
}
