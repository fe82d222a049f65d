// All that can be changed of one picture. After a refusal it shows what was written.
import type { Image } from "../../../../schema/api.ts";
import { hiddenMetadataLevels } from "../../../../schema/hidden-metadata.ts";
import { FormToken } from "../form-token.tsx";
import { Problem } from "../problem.tsx";
import { dateInWords } from "../words.ts";
import { lives } from "./lives.ts";

export interface RefusedEdit {
  readonly words: string;
  readonly given: URLSearchParams;
}

interface EditPictureProps {
  readonly image: Image;
  readonly formToken: string;
  readonly problem: RefusedEdit | null;
}

const levels: Readonly<Record<(typeof hiddenMetadataLevels)[number], string>> = {
  strip: "none of it",
  copyright: "artist and copyright",
  keep: "all but where it was taken",
  keep_with_location: "all of it",
};

export function EditPicture({ image, formToken, problem }: EditPictureProps) {
  const given = problem?.given;
  const value = (name: string, stored: string) => given?.get(name) ?? stored;
  return (
    <section aria-labelledby="edit">
      <h2 id="edit">Change</h2>
      <Problem words={problem?.words} />
      <form method="post" action={`/gallery/${image.id}`} class="edit">
        <FormToken token={formToken} />
        <div class="field">
          <label for="caption">Caption</label>
          <textarea id="caption" name="caption" rows={2} maxlength={2000} dir="auto">
            {value("caption", image.caption ?? "")}
          </textarea>
        </div>
        <div class="field">
          <label for="filename">File name</label>
          <input
            id="filename"
            name="filename"
            value={value("filename", image.filename)}
            maxlength={255}
            required
          />
        </div>
        <div class="field">
          <label for="who">Who sees its page</label>
          <small id="who-help">A picture's own address works for whoever has it.</small>
          <select id="who" name="public" aria-describedby="who-help">
            <option value="true">everybody with the link</option>
            <option value="false" selected={value("public", String(image.public)) === "false"}>
              only you
            </option>
          </select>
        </div>
        <label class="tick">
          <input type="checkbox" name="nsfw" checked={given ? given.has("nsfw") : image.nsfw} /> not safe for
          work
        </label>
        <div class="field">
          <label for="expires">It is gone</label>
          <select id="expires" name="expires">
            <option value="">
              {image.expires_at ? `on ${dateInWords(image.expires_at)}, as it is` : "never, as it is"}
            </option>
            {lives
              .filter(([life]) => life !== "never" || image.expires_at !== null)
              .map(([life, words]) => (
                <option value={life} selected={given?.get("expires") === life}>
                  {words}
                </option>
              ))}
          </select>
        </div>
        <Lines
          name="labels"
          title="Labels"
          help="A line each, such as trip=rome."
          text={value("labels", linesOf(image.labels))}
        />
        <Lines
          name="metadata"
          title="Metadata"
          help="A line each. author, license and source_url stand on its page."
          text={value("metadata", linesOf(image.metadata))}
        />
        <div class="field">
          <label for="hidden">What links may carry of the photo's hidden data</label>
          <select id="hidden" name="hidden_metadata">
            {hiddenMetadataLevels.map((level) => (
              <option value={level} selected={value("hidden_metadata", image.hidden_metadata) === level}>
                {levels[level]}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" class="main">
          Save
        </button>
      </form>
    </section>
  );
}

interface LinesProps {
  readonly name: string;
  readonly title: string;
  readonly help: string;
  readonly text: string;
}

function Lines({ name, title, help, text }: LinesProps) {
  return (
    <div class="field">
      <label for={name}>{title}</label>
      <small id={`${name}-help`}>{help}</small>
      <textarea
        id={name}
        name={name}
        rows={3}
        aria-describedby={`${name}-help`}
        autocapitalize="none"
        spellcheck={false}
      >
        {text}
      </textarea>
    </div>
  );
}

/** A line break within a value would begin another pair. */
function linesOf(pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs)
    .map(([key, value]) => `${key}=${value.replace(/\s*[\r\n]+\s*/g, " ")}`)
    .join("\n");
}
