// Why a form was not taken, in words that a screen reader says at once. Nothing where there is no problem.
interface ProblemProps {
  readonly words: string | null | undefined;
  /** For the field that it is about to point at. */
  readonly id?: string;
}

export function Problem({ words, id }: ProblemProps) {
  if (!words) return null;
  return (
    <p class="problem" role="alert" {...(id && { id })}>
      {words}
    </p>
  );
}
