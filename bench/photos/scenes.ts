// The scenes that stand before the camera.

import { fabric } from "./scenes/fabric.ts";
import { foliage } from "./scenes/foliage.ts";
import { lake } from "./scenes/lake.ts";
import { meadow } from "./scenes/meadow.ts";
import { pebbles } from "./scenes/pebbles.ts";
import { street } from "./scenes/street.ts";

export const scenes = { lake, meadow, pebbles, street, foliage, fabric };
export type SceneName = keyof typeof scenes;
