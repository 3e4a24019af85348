// download.ts — Downloads a text as a file, and the picture as one that looks the same without the page.

export function download(name: string, text: string, type: string = 'text/plain'): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const LOOKS = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'font',
  'opacity',
  'transform',
] as const;

/** Copies the picture, with the computed style of each element written into the element. */
export function pictureText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [i, original] of originals.entries()) {
    const style = getComputedStyle(original);
    const looks = LOOKS.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
    copies[i]?.setAttribute('style', looks);
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const ground = getComputedStyle(document.body).backgroundColor;
  copy.setAttribute('style', `background:${ground}`);
  return new XMLSerializer().serializeToString(copy);
}
