// Which pictures are shown: a plain form whose fields stand in the page's address.

export interface Filters {
  readonly text: string | undefined;
  readonly label: string;
  readonly isPublic: boolean | undefined;
  readonly order: "desc" | "asc";
}

/** The gallery's address with these filters. */
export function addressOf(
  { text, label, isPublic, order }: Filters,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({
    ...(text !== undefined && { q: text }),
    ...(label !== "" && { label }),
    ...(isPublic !== undefined && { public: String(isPublic) }),
    ...(order !== "desc" && { order }),
    ...more,
  });
  return query.size > 0 ? `/gallery?${query}` : "/gallery";
}

export function GalleryFilters({ filters }: { readonly filters: Filters }) {
  const { text, label, isPublic, order } = filters;
  const isNarrowed = label !== "" || isPublic !== undefined || order !== "desc";
  return (
    <search>
      <form class="filters" method="get" action="/gallery">
        <div class="row">
          <label for="q" class="aside">
            Name or caption
          </label>
          <input
            id="q"
            name="q"
            type="search"
            value={text ?? ""}
            placeholder="Name or caption"
            maxlength={200}
          />
          <button type="submit">Find</button>
        </div>
        <details class="folded" open={isNarrowed}>
          <summary>By label, who sees it, order</summary>
          <div class="narrow">
            <div class="choice">
              <label for="label">Label</label>
              <input id="label" name="label" value={label} placeholder="trip=rome" autocapitalize="none" />
            </div>
            <div class="choice">
              <label for="public">Who sees it</label>
              <select id="public" name="public">
                <option value="">all pictures</option>
                <option value="true" selected={isPublic === true}>
                  public
                </option>
                <option value="false" selected={isPublic === false}>
                  private
                </option>
              </select>
            </div>
            <div class="choice">
              <label for="order">Order</label>
              <select id="order" name="order">
                <option value="desc">newest first</option>
                <option value="asc" selected={order === "asc"}>
                  oldest first
                </option>
              </select>
            </div>
            <button type="submit">Show</button>
          </div>
        </details>
      </form>
    </search>
  );
}
