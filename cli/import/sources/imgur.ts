// imgur: what `GET /3/account/me/images` answers, https://apidocs.imgur.com.
import * as z from "zod";
import { type Entry, entryOf } from "../entry.ts";
import { picturesIn } from "./json.ts";

const pictureSchema = z.object({
  id: z.string(),
  link: z.url(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  name: z.string().nullish(),
  datetime: z.number().nullish(),
  nsfw: z.boolean().nullish(),
  section: z.string().nullish(),
});

export function readImgur(text: string): readonly Entry[] {
  return picturesIn(text, pictureSchema, ["data", "images"]).map(
    ({ id, link, title, description, name, datetime, nsfw, section }) => {
      const caption = [title, description].filter((words) => words).join("\n\n");
      const uploaded = datetime ? new Date(datetime * 1_000).toISOString() : null;
      const ending = link.slice(link.lastIndexOf("."));
      return entryOf(
        { kind: "address", url: link },
        {
          name: id,
          filename: name ? `${name}${ending}` : null,
          caption,
          nsfw: nsfw ?? false,
          labels: { section },
          metadata: { imgur_id: id, uploaded },
        },
      );
    },
  );
}
