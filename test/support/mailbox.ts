// E-mail delivery as tests need it: Cloudflare's binding, which takes a mail or refuses it, and the letters that came.

export interface Letter {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export class Mailbox {
  readonly letters: Letter[] = [];
  /** Set to have the next mails refused, as the platform refuses them: by throwing. */
  isDown = false;

  /** What `env.EMAIL` is. */
  readonly binding = {
    send: async (letter: Letter) => {
      for (const field of ["from", "to", "subject", "text"] as const)
        if (typeof letter[field] !== "string" || letter[field] === "")
          throw new Error(`E_FIELD_MISSING ${field}`);
      if (this.isDown) throw new Error("E_DELIVERY_FAILED");
      this.letters.push(letter);
      return { messageId: String(this.letters.length) };
    },
  };

  /** The code in the newest letter to this address; it stands in the subject and the text alike. */
  codeFor(email: string): string {
    const letter = this.letters.findLast(({ to }) => to === email);
    const code = /\b\d{6}\b/.exec(letter?.subject ?? "")?.[0];
    if (!code || !letter?.text.includes(code)) throw new Error(`no code came to ${email}`);
    return code;
  }
}
