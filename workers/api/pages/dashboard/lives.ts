// How long a picture may stay, as forms offer it: values of the API's `ttl`.

export const lives = [
  ["never", "never"],
  ["1d", "in a day"],
  ["7d", "in a week"],
  ["30d", "in 30 days"],
  ["90d", "in 90 days"],
] as const;
