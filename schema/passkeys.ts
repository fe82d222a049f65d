// What browsers send of a passkey, as `PublicKeyCredential.toJSON()` writes it.
import * as z from "zod";

/** Bytes in base64url; far more than any authenticator sends. */
const bytes = z
  .string()
  .regex(/^[A-Za-z0-9_-]*$/)
  .max(20_000);

const credential = {
  id: bytes,
  rawId: bytes,
  type: z.literal("public-key"),
  clientExtensionResults: z.object({}).default({}),
};

export const registrationSchema = z.object({
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: bytes,
      attestationObject: bytes,
      transports: z.array(z.string().max(20)).max(10).default([]),
    }),
  }),
});
export type Registration = z.infer<typeof registrationSchema>["response"];

export const assertionSchema = z.object({
  next: z.string().max(2_000).default(""),
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: bytes,
      authenticatorData: bytes,
      signature: bytes,
    }),
  }),
});
export type Assertion = z.infer<typeof assertionSchema>["response"];
