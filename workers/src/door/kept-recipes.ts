// Remembers, within a bound, what walks through originals have found: players and resumed downloads ask for range after range.
import type { Recipe } from "../metadata/recipe.ts";

const MAX_BYTES = 1_048_576;

export class KeptRecipes {
  /** Least recently used first. */
  readonly #recipes = new Map<string, Recipe>();
  #bytes = 0;

  find(key: string): Recipe | undefined {
    const recipe = this.#recipes.get(key);
    if (!recipe) return undefined;
    this.#recipes.delete(key);
    this.#recipes.set(key, recipe);
    return recipe;
  }

  keep(key: string, recipe: Recipe): void {
    if (this.#recipes.has(key)) return;
    this.#recipes.set(key, recipe);
    this.#bytes += sizeOf(key, recipe);
    for (const [oldest, known] of this.#recipes) {
      if (this.#bytes <= MAX_BYTES) return;
      this.#recipes.delete(oldest);
      this.#bytes -= sizeOf(oldest, known);
    }
  }
}

const sizeOf = (key: string, recipe: Recipe) => recipe.bytes + 2 * key.length;
