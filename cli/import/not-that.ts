/** What was named is not what it should be; the message says so to the person who named it. */
export class NotThat extends Error {}
