// Colours as the plan writes them: rrggbbaa.

export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

export function parseColour(hex: string): Colour {
  const channel = (index: number) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16);
  return { red: channel(0), green: channel(1), blue: channel(2), alpha: channel(3) };
}

export function writeColour({ red, green, blue, alpha }: Colour): string {
  return [red, green, blue, alpha].map((channel) => channel.toString(16).padStart(2, "0")).join("");
}

/** Nothing of it is seen. */
export const isClear = (hex: string): boolean => hex.endsWith("00");
