// A chart that is a table: a bar a month, which eyes compare and screen readers read as numbers.

export interface Month {
  /** `2026-05` */
  readonly month: string;
  readonly uploads: number;
}

const monthName = new Intl.DateTimeFormat("en", { month: "short", year: "numeric", timeZone: "UTC" });
const count = new Intl.NumberFormat("en");

export function MonthsTable({ months }: { readonly months: readonly Month[] }) {
  const most = Math.max(1, ...months.map(({ uploads }) => uploads));
  return (
    <table class="months" aria-labelledby="months">
      <thead>
        <tr>
          <th scope="col">Month</th>
          <th scope="col">Uploads</th>
          <td></td>
        </tr>
      </thead>
      <tbody>
        {months.map(({ month, uploads }) => (
          <tr>
            <th scope="row">{monthName.format(new Date(`${month}-01T00:00:00Z`))}</th>
            <td class="number">{count.format(uploads)}</td>
            <td class="bar">
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect width={(uploads / most) * 100} height="8" />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
