// What a member gets for a picture: links, a playground, and the way to its page. upload.js takes the result out of it.
import type { Image } from "../../../../schema/api.ts";
import type { Visitor } from "../account-links.tsx";
import { PlaygroundHead } from "../playground.tsx";
import { UploadResult } from "../upload-result.tsx";
import { DashboardFrame } from "./frame.tsx";

export function MemberUploadPage({ visitor, image }: { readonly visitor: Visitor; readonly image: Image }) {
  return (
    <DashboardFrame visitor={visitor} here="/gallery" title="Uploaded" head={<PlaygroundHead />}>
      <h1>Your picture is online</h1>
      <UploadResult image={image} deleteUrl={null} editUrl={`/gallery/${image.id}`} />
      <p>
        <a class="button" href="/gallery">
          All pictures
        </a>
      </p>
    </DashboardFrame>
  );
}
