// Image URLs no page would write: absurd numbers, thousands of parameters, and wishes that multiply each other.

import { type Attack, view } from "../attack.ts";

const picture = [200];
const many = (piece: string, times: number) => `?${Array.from({ length: times }, () => piece).join("&")}`;

const rendered = (name: string, query: string, isQuick = false) =>
  view(name, query, { quick: isQuick, may: picture });

export const queryRows: readonly Attack[] = [
  rendered("10,000 parameters that don't exist", many("x=1", 10_000), true),
  rendered("one parameter 10,000 times", many("w=320", 10_000)),
  rendered("parameter of 60 KB", `?w=${"9".repeat(60_000)}`),
  rendered("parameter name of 60 KB", `?${"w".repeat(60_000)}=1`),
  rendered("width of 1e309", "?w=1e309&h=-1e309"),
  rendered("width that is no number", "?w=NaN&h=Infinity&dpr=NaN"),
  rendered("numbers in other scripts", "?w=%D9%A3%D9%A2%D9%A0&h=%EF%BC%93%EF%BC%92"),
  rendered("broken percent signs", "?w=%&h=%zz&size=%00"),
  rendered("only separators", `?${"&".repeat(30_000)}`),
  rendered("only equal signs", `?${"=".repeat(30_000)}`),
  rendered("12000 x 4000 as PNG", "?w=12000&h=4000&fit=squeeze&format=png"),
  rendered("12000 x 12000 as PNG", "?w=12000&h=12000&fit=pad&format=png"),
  rendered("12000 x 4000 as AVIF", "?w=12000&h=4000&fit=squeeze&format=avif", true),
  rendered("12000 x 4000 as WebP without loss", "?w=12000&h=4000&fit=squeeze&format=webp&lossless=true"),
  rendered("12000 x 4000 as WebP at quality 100", "?w=12000&h=4000&fit=squeeze&format=webp&q=100"),
  rendered("12000 x 4000 as JPEG at quality 100", "?w=12000&h=4000&fit=squeeze&format=jpg&q=100"),
  rendered("12000 x 4000 as GIF", "?w=12000&h=4000&fit=squeeze&format=gif"),
  rendered("3000 px wide four times as dense", "?w=3000&dpr=4&fit=contain"),
  rendered(
    "12000 x 4000 with every effect",
    "?w=12000&h=4000&fit=squeeze&blur=250&sharp=10&saturation=10&brightness=10&contrast=10&gamma=10",
  ),
  rendered("blur of 250 over 4000 px", "?w=4000&blur=250"),
  rendered(
    "every effect, turned, trimmed and cut",
    "?w=3900&h=2900&fit=cover&gravity=auto&trim=100&rotate=90&flip=hv&blur=250&sharp=10&saturation=3&format=avif&q=100",
    true,
  ),
  rendered("automatic gravity of 12000 x 100", "?w=12000&h=100&fit=cover&gravity=auto"),
  rendered("trim of everything", "?trim=100&w=12000"),
  rendered("1 x 12000", "?w=1&h=12000&fit=squeeze"),
  rendered("12000 x 1", "?w=12000&h=1&fit=cover"),
  rendered("paper that is a style sheet", "?background=url(javascript:alert(1))&w=100&fit=pad&h=100"),
  rendered("format that is a path", "?format=../../etc/passwd&w=100"),
  rendered("prototype as a parameter", "?__proto__=1&constructor=2&toString=3&w=100"),
  rendered("download name that breaks the header", "?download=a%0d%0aSet-Cookie:%20a=b%22;&w=100", true),
  rendered("download name of 60 KB", `?download=${"a".repeat(60_000)}`),
];
