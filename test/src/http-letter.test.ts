// HTTP to the letter, asked of src itself.
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { describeLetter } from "../support/http-letter/describe-letter.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask } from "./src-request.ts";

const photo = await storeImage(await fixtureBytes("cat.jpg"));
const drawing = await storeImage(await fixtureBytes("drawing.svg"));

describeLetter("src", { ask, photo: () => photo.path, drawing: () => drawing.path });
