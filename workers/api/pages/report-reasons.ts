// What reports are about, in the words of the form and of the operator's list.
import type { ReportReason } from "../../../schema/reports.ts";

export const reasonsInWords: Readonly<Record<ReportReason, string>> = {
  illegal: "It is against the law, or shows abuse",
  sexual: "Nudity or sex",
  violence: "Violence or cruelty",
  harassment: "It harasses somebody, or shows somebody who does not want that",
  copyright: "It is mine, and I did not allow it",
  spam: "Advertising, fraud or malware",
  other: "Something else",
};
