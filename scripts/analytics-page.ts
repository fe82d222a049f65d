// The page docs/analytics.md: what is noted, in which column, and how it is asked for.
import { queries } from "../cli/stats/queries.ts";
import { columnOf, pointBlobs, pointDoubles, pointIndex } from "../schema/points.ts";

const columns = [pointIndex, ...pointBlobs, ...pointDoubles];
const EXAMPLE = Date.UTC(2026, 10, 1);

export function analyticsPage(): string {
  const rows = columns.map(({ name, meaning }) => `| \`${columnOf(name)}\` | ${name} | ${meaning} |`);
  const asked = Object.values(queries).map(
    ({ title, sql }) => `**${title}**\n\n\`\`\`sql\n${sql("edgepix", EXAMPLE)}\n\`\`\``,
  );
  return `<!-- Written by \`npm run docs:analytics\`; don't edit. -->
# Analytics

Both Workers can note what they do in [Workers Analytics Engine](https://developers.cloudflare.com/analytics/analytics-engine/): one point a request that reaches a Worker, and one
a render. \`npm run stats\` reads it ([what it shows](alerts.md#figures)), and so can Grafana or queries of your own. Cloudflare keeps points for three months.

**Nothing says who asked.** No address, no network, no country, no browser, no URL, no key, no account, no name of a file. A route is noted as it is declared, never as
it was called. Of a picture its id is noted, which says nothing to whoever can't read your database.

## Switch it on

1. Dashboard > Workers & Pages > Analytics Engine: switch it on, once for the account.
2. \`analytics = true\` in \`deployments/<name>.toml\`, and a \`dataset\` of its own in \`[names]\` where the account has several deployments;
   \`npm run setup -- --analytics\` writes both.
3. \`npm run deploy\`.

Without it nothing is noted and nothing is slower. A point costs no time: the Worker does not wait for it. 10 million a month are included in Workers Paid, then 0.25 USD a million;
on the free plan 100,000 a day.

## Columns

| column | name | what it is |
| --- | --- | --- |
${rows.join("\n")}

A row may stand for several: Cloudflare keeps samples of what comes in bursts, so count with \`SUM(_sample_interval)\` and never with \`count()\`.

## What it can't tell: hits

A view that the edge answers runs no code of ours, so nothing is noted of it. How many there are is found so:

- **Pictures at the host of the pages** (one host, or \`workers.dev\`): the API Worker passes each view on, and notes it. Of its \`picture\` requests those that src notes, too, were
  not in the cache: \`npm run stats\` shows the ratio.
- **Pictures at a host of their own**: the cache stands before the Worker. Dashboard > Workers & Pages > your src Worker > Metrics counts all requests; compare with what src notes.

Monitors' questions (\`/healthz\`, \`/readyz\`) are not noted. Neither are renders that another city's cache of renders answered.

## Queries

With a token that may read Account Analytics: \`curl https://api.cloudflare.com/client/v4/accounts/<account>/analytics_engine/sql -H "Authorization: Bearer …" --data "<query> FORMAT JSON"\`

${asked.join("\n\n")}
`;
}
