// When a plan is right: never less than a job takes, and at most half as much again.

/** The collector's own doing, which no plan can know: the smallest jobs are nothing else. */
const SLACK_BYTES = 4 << 20;

export const isEnough = (planned: number, took: number) => took <= planned;

export const isTight = (planned: number, took: number) => planned <= 1.5 * took + SLACK_BYTES;
