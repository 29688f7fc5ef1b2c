/**
 * The page's document as xterm is to use it under our content security policy: style sheets that it makes carry the
 * page's nonce, and styles that it would write as attributes go through the CSSOM, which the policy allows.
 */
export function nonceDocument(): Document {
  HTMLSpanElement.prototype.setAttribute = setStyledAttribute;
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

  function createElement(name: string, options?: ElementCreationOptions): HTMLElement {
    const element = document.createElement(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    else if (element instanceof HTMLDivElement) element.appendChild = appendWithNonce;
    return element;
  }

  /** The viewport makes its style sheet with the window's own document and puts it into one of our elements. */
  function appendWithNonce<T extends Node>(this: HTMLDivElement, child: T): T {
    if (child instanceof HTMLStyleElement) child.nonce = nonce;
    return Element.prototype.appendChild.call(this, child) as T;
  }

  return new Proxy(document, {
    get(target, name) {
      if (name === "createElement") return createElement;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/**
 * The rows of the DOM renderer are coloured by whole style attributes, which a policy without unsafe-inline refuses. It
 * makes their spans with the window's own document, so all spans learn it; what the attribute comes to is the same.
 */
function setStyledAttribute(this: HTMLSpanElement, name: string, value: string): void {
  if (name === "style") this.style.cssText = value;
  else Element.prototype.setAttribute.call(this, name, value);
}
