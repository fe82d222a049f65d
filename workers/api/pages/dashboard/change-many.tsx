// The same change for all that is chosen. What is left as it stands changes nothing.
import { lives } from "./lives.ts";

export function ChangeMany() {
  return (
    <details class="change">
      <summary class="button">Change</summary>
      <div class="panel">
        <div class="choice">
          <label for="many-caption">Caption</label>
          <input id="many-caption" name="caption" maxlength={2000} placeholder="as it is" />
        </div>
        <label class="tick">
          <input type="checkbox" name="no_caption" /> take captions away
        </label>
        <div class="choice">
          <label for="many-public">Who sees its page</label>
          <select id="many-public" name="public">
            <option value="">as it is</option>
            <option value="true">everybody</option>
            <option value="false">only you</option>
          </select>
        </div>
        <div class="choice">
          <label for="many-nsfw">Not safe for work</label>
          <select id="many-nsfw" name="nsfw">
            <option value="">as it is</option>
            <option value="true">yes</option>
            <option value="false">no</option>
          </select>
        </div>
        <div class="choice">
          <label for="many-expires">It is gone</label>
          <select id="many-expires" name="expires">
            <option value="">as it is</option>
            {lives.map(([value, words]) => (
              <option value={value}>{words}</option>
            ))}
          </select>
        </div>
        <div class="choice">
          <label for="many-label">Add a label</label>
          <input id="many-label" name="label" placeholder="trip=rome" autocapitalize="none" />
        </div>
        <div class="choice">
          <label for="many-unlabel">Take a label away</label>
          <input id="many-unlabel" name="unlabel" placeholder="trip" autocapitalize="none" maxlength={64} />
        </div>
        <button type="submit" class="main" id="change">
          Change what is chosen
        </button>
      </div>
    </details>
  );
}
