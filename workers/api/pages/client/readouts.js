// The value of every slider of a form, with its unit, in its label.
// @ts-check

/**
 * @param {HTMLFormElement} form
 * @returns {() => void} Writes all values anew.
 */
export function addReadouts(form) {
  const shown = [...form.querySelectorAll("input[type=range]")].flatMap((input) => {
    const label = input instanceof HTMLInputElement && input.labels?.[0];
    if (!label) return [];
    // Beside the name and not of it: those who hear the page get the value from the slider itself.
    const readout = document.createElement("span");
    readout.className = "readout";
    readout.setAttribute("aria-hidden", "true");
    label.after(readout);
    return [{ input, readout }];
  });
  const show = () => {
    for (const { input, readout } of shown) {
      const value = Number(input.value);
      const { unit = "" } = input.dataset;
      const words = `${value} ${Math.abs(value) === 1 ? unit.replace(/^(stop|pixel)s$/, "$1") : unit}`.trim();
      readout.textContent = words;
      input.setAttribute("aria-valuetext", words);
    }
  };
  show();
  return show;
}
