// A D1 that adds up what its statements read and write: what Cloudflare bills, and what tells an index from a scan.

export interface Cost {
  rowsRead: number;
  rowsWritten: number;
}

/** The database for the code under test, and the sum of its costs so far. */
export function metered(db: D1Database): { readonly db: D1Database; readonly cost: Cost } {
  const cost: Cost = { rowsRead: 0, rowsWritten: 0 };
  const add = ({ meta }: { readonly meta: D1Meta }) => {
    cost.rowsRead += meta.rows_read;
    cost.rowsWritten += meta.rows_written;
  };
  const meteredStatement = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, name) {
        if (name === "bind") return (...values: unknown[]) => meteredStatement(target.bind(...values));
        // `raw` and `first` tell no costs, so the statement is asked with `all` and shaped as they would.
        if (name === "raw") return async () => (await run(target)).map((row) => Object.values(row));
        if (name === "first") return async () => (await run(target))[0] ?? null;
        const member: unknown = Reflect.get(target, name);
        return typeof member === "function" ? member.bind(target) : member;
      },
    });
  const run = async (statement: D1PreparedStatement) => {
    const result = await statement.all();
    add(result);
    return result.results;
  };
  return { cost, db: withMethods(db, meteredStatement, add) };
}

function withMethods(
  db: D1Database,
  wrap: (statement: D1PreparedStatement) => D1PreparedStatement,
  add: (result: { readonly meta: D1Meta }) => void,
): D1Database {
  return new Proxy(db, {
    get(target, name) {
      if (name === "prepare") return (sql: string) => wrap(target.prepare(sql));
      if (name === "batch") {
        return async (statements: D1PreparedStatement[]) => {
          const results = await target.batch(statements);
          for (const result of results) add(result);
          return results;
        };
      }
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}
