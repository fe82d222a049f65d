// One script for terminals, hotkeys and editors, in plain sh with curl.
import type { Filling, Tool, ToolFile } from "./tool.ts";

const scriptName = "edgepix.sh";

export const screenshots: Tool = {
  id: "script",
  name: "Flameshot, Spectacle, macOS",
  about: "A shell script: it takes a screenshot, uploads it and copies its link. It uploads files, too.",
  needsKey: true,
  steps: [
    `Make it a program: chmod 700 ${scriptName}. It needs curl, which macOS and most Linuxes have.`,
    `Let a hotkey of your desktop start it: ${scriptName} alone takes a part of the screen by Flameshot, Spectacle or macOS, whichever is there.`,
    `In a terminal, ${scriptName} photo.jpg another.png uploads files and prints an address for each.`,
  ],
  file: scriptFile,
};

export const markdownPaste: Tool = {
  id: "markdown",
  name: "Markdown paste helper",
  about: "Turns the picture in your clipboard into Markdown in your clipboard: press a hotkey, then paste.",
  needsKey: true,
  steps: [
    `It is the same script. Make it a program: chmod 700 ${scriptName}.`,
    `Let a hotkey start ${scriptName} --markdown: it uploads the picture in the clipboard, and puts ![](address) in its place.`,
    "It needs wl-clipboard (Wayland), xclip (X11) or pngpaste (macOS).",
  ],
  file: scriptFile,
};

/** The key goes to curl by its standard input: what stands in a command line, everybody on the machine can read. */
function scriptFile({ key, api }: Filling): ToolFile {
  const text = String.raw`#!/bin/sh
# Uploads pictures to ${new URL(api).host}. Keep this file to yourself: it holds your key.
#   ${scriptName}              takes a screenshot, copies the link of its page
#   ${scriptName} FILE...      uploads files, prints the address of each
#   ${scriptName} --markdown   uploads the picture in the clipboard, copies Markdown
api=${inShell(api)}
key=${inShell(key)}

has() { command -v "$1" >/dev/null 2>&1; }
fail() { printf '%s\n' "$1" >&2; has notify-send && notify-send edgepix "$1"; exit 1; }

# Sets $answer to the image as JSON.
upload() {
  name=$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')
  answer=$(printf 'header = "Authorization: Bearer %s"\n' "$key" |
    curl --silent --show-error --config - --form "file=@\"$name\"" "$api/v1/images") || fail "Not uploaded: $1"
  case $answer in
    '{"id":"'*) ;;
    *) fail "$(printf '%s' "$answer" | sed 's/.*"message":"\([^"]*\)".*/\1/')" ;;
  esac
}
url() { printf '%s' "$answer" | sed 's/^{"id":"[^"]*","object":"image","url":"\([^"]*\)".*/\1/'; }
page_url() { printf '%s' "$answer" | sed 's/.*"page_url":"\([^"]*\)".*/\1/'; }

copy() {
  if has pbcopy; then printf '%s' "$1" | pbcopy
  elif [ -n "$WAYLAND_DISPLAY" ] && has wl-copy; then printf '%s' "$1" | wl-copy
  elif has xclip; then printf '%s' "$1" | xclip -selection clipboard >/dev/null 2>&1
  fi
  printf '%s\n' "$1"
}
shoot() {
  if has flameshot; then flameshot gui --raw >"$1"
  elif has spectacle; then spectacle --background --nonotify --region --output "$1"
  elif has screencapture; then screencapture -i "$1"
  else fail "There is no Flameshot, no Spectacle and no screencapture here."
  fi
}
paste_picture() {
  if has pngpaste; then pngpaste "$1"
  elif [ -n "$WAYLAND_DISPLAY" ] && has wl-paste; then wl-paste --type image/png >"$1"
  elif has xclip; then xclip -selection clipboard -target image/png -out >"$1"
  else fail "There is no pngpaste, no wl-paste and no xclip here."
  fi
}

if [ $# -gt 0 ] && [ "$1" != --markdown ]; then
  for file in "$@"; do upload "$file"; printf '%s\n' "$(url)"; done
  exit
fi
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
picture=$folder/screenshot.png
if [ "$1" = --markdown ]; then
  paste_picture "$picture"
  [ -s "$picture" ] || fail "There is no picture in the clipboard."
  upload "$picture"
  copy "![]($(url))"
else
  shoot "$picture"
  # Who presses Escape wants nothing uploaded.
  [ -s "$picture" ] || exit 0
  upload "$picture"
  copy "$(page_url)"
fi
`;
  return { name: scriptName, mediaType: "application/x-sh", text };
}

const inShell = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
