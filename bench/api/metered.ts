// A D1 that adds up what its statements read and write: what Cloudflare bills, and what tells an index from a scan.

export interface Cost {
  rowsRead: number;
  rowsWritten: number;
}

/** The database for the code under test, and the sum of its costs so far. Reads are asked twice: not for timing. */
export function metered(db: D1Database): { readonly db: D1Database; readonly cost: Cost } {
  const cost: Cost = { rowsRead: 0, rowsWritten: 0 };
  const inner = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
  const add = ({ meta }: { readonly meta: D1Meta }) => {
    cost.rowsRead += meta.rows_read;
    cost.rowsWritten += meta.rows_written;
  };
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = new Proxy(statement, {
      get(target, name) {
        if (name === "bind") return (...values: unknown[]) => wrap(target.bind(...values));
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return async (...args: unknown[]) => {
          // `raw` and `first` do not tell their costs.
          if (name === "raw" || name === "first") add(await target.all());
          const result = await Reflect.apply(member, target, args);
          if (name === "all" || name === "run") add(result);
          return result;
        };
      },
    });
    inner.set(wrapped, statement);
    return wrapped;
  };
  const meteredDb = new Proxy(db, {
    get(target, name) {
      if (name === "prepare") return (sql: string) => wrap(target.prepare(sql));
      if (name !== "batch") return Reflect.get(target, name);
      return async (statements: D1PreparedStatement[]) => {
        const results = await target.batch(statements.map((one) => inner.get(one) ?? one));
        results.forEach(add);
        return results;
      };
    },
  });
  return { cost, db: meteredDb };
}
