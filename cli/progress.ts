// One line that says how far an import is: drawn over itself in a terminal, now and then in a log.
const REDRAW_MS = 200;
const LOG_MS = 10_000;

export interface Counts {
  readonly all: number;
  /** Of this run. */
  readonly sent: number;
  /** Done in this and in earlier runs, whatever came of it. */
  readonly over: number;
  readonly refused: number;
}

type Screen = Pick<NodeJS.WriteStream, "write"> & { readonly isTTY?: boolean };

export class Progress {
  readonly #screen: Screen;
  readonly #began: number;
  #drawnAt: number;

  constructor(screen: Screen, now: number) {
    this.#screen = screen;
    this.#began = now;
    this.#drawnAt = now;
  }

  show(counts: Counts, now: number): void {
    const isTerminal = this.#screen.isTTY === true;
    if (now - this.#drawnAt < (isTerminal ? REDRAW_MS : LOG_MS)) return;
    this.#drawnAt = now;
    const line = progressLine(counts, (now - this.#began) / 1_000);
    this.#screen.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
  }

  /** Leaves the line free for what follows. */
  end(): void {
    if (this.#screen.isTTY) this.#screen.write("\r\u001b[K");
  }
}

const number = new Intl.NumberFormat("en");

export function progressLine({ all, sent, over, refused }: Counts, seconds: number): string {
  const share = all === 0 ? 100 : Math.floor((100 * over) / all);
  const bar = "#".repeat(Math.floor(share / 5)).padEnd(20, "-");
  const rate = seconds > 0 ? sent / seconds : 0;
  const parts = [
    `[${bar}] ${number.format(over)} of ${number.format(all)} (${share} %)`,
    ...(rate > 0 ? [`${rate < 10 ? rate.toFixed(1) : Math.round(rate)} a second`] : []),
    ...(rate > 0 && over < all ? [`${spell((all - over) / rate)} left`] : []),
    ...(refused > 0 ? [`${number.format(refused)} not taken`] : []),
  ];
  return parts.join(", ");
}

function spell(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}
