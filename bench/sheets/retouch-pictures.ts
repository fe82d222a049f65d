// Five pictures that retouching is looked at on: a portrait, a landscape, a night, a product on white, a logo with alpha.
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { photoPath } from "../photos/make-photos.ts";
import { sheetFolder } from "./pictures.ts";

const fixtures = join(import.meta.dirname, "../../test/fixtures");

const bottle = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><defs>
<linearGradient id="b"><stop offset="0" stop-color="#0c3b2e"/><stop offset=".25" stop-color="#3f9a76"/><stop offset=".45" stop-color="#14684d"/><stop offset="1" stop-color="#06251c"/></linearGradient>
<linearGradient id="l"><stop offset="0" stop-color="#cdbf9d"/><stop offset=".4" stop-color="#f7efdc"/><stop offset="1" stop-color="#a3946d"/></linearGradient>
<linearGradient id="k"><stop offset="0" stop-color="#4c2a12"/><stop offset=".4" stop-color="#b5713a"/><stop offset="1" stop-color="#3a1e0b"/></linearGradient>
<filter id="s" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="22"/></filter></defs>
<rect width="900" height="900" fill="#fff"/><ellipse cx="480" cy="790" rx="250" ry="36" fill="#000" opacity=".32" filter="url(#s)"/>
<path d="M330 400q0-70 60-110V170h120v120q60 40 60 110v360q0 34-34 34H364q-34 0-34-34z" fill="url(#b)"/>
<rect x="384" y="110" width="132" height="80" rx="12" fill="url(#k)"/><rect x="330" y="450" width="240" height="220" fill="url(#l)"/>
<rect x="360" y="500" width="180" height="16" fill="#7a1f2b"/><rect x="360" y="536" width="120" height="8" fill="#55482f"/><rect x="360" y="560" width="150" height="8" fill="#55482f"/>
<circle cx="450" cy="620" r="28" fill="#c8952b"/><path d="M372 320q-14 40-14 90v30h16v-40q0-50 20-84z" fill="#fff" opacity=".5"/></svg>`;

/** Written where the Worker's disk service finds them; answers their paths. */
export async function makeRetouchPictures(): Promise<readonly string[]> {
  await mkdir(sheetFolder, { recursive: true });
  const path = (name: string) => join(sheetFolder, name);
  await copyFile(join(fixtures, "astronaut.jpg"), path("portrait.jpg"));
  await copyFile(join(fixtures, "rocket.jpg"), path("night.jpg"));
  await copyFile(join(fixtures, "logo.png"), path("logo.png"));
  await sharp(await photoPath("jpeg2"))
    .resize(800, 600)
    .jpeg({ quality: 92 })
    .toFile(path("landscape.jpg"));
  await sharp(Buffer.from(bottle)).jpeg({ quality: 92 }).toFile(path("product.jpg"));
  return ["portrait.jpg", "landscape.jpg", "night.jpg", "product.jpg", "logo.png"].map(path);
}
