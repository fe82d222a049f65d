// What somebody can do about a refusal: one link, below the words that tell it. upload.js takes it out of the page with them.

export interface WayOut {
  readonly href: string;
  readonly label: string;
}

export function WayOutLink({ to }: { readonly to: WayOut | null | undefined }) {
  if (!to) return null;
  return (
    <p class="way-out">
      <a href={to.href}>{to.label}</a>
    </p>
  );
}
