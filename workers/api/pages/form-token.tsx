// Stands in every form of a signed-in page: without it the form is refused.

export function FormToken({ token }: { readonly token: string }) {
  return <input type="hidden" name="form_token" value={token} />;
}
