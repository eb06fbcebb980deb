import type { Frame } from './frame.ts'
import type { Composed, Portal } from './message.ts'

export interface Rendered {
  subject: string
  text: string
  html: string
  /** Where its recipient, or a mail program, stops mails of this kind; null: it is not one of many. */
  stopLink: string | null
}

/**
 * A mail as text and as HTML, from the same words, which are in the frame's language. `link`: the address of its button; null: withheld. The HTML has its styles in place and asks for
 * nothing from elsewhere, since mail programs take neither style sheets nor pictures on trust.
 */
export function render(composed: Composed, link: string | null, portal: Portal, frame: Frame): Rendered {
  return {
    subject: composed.subject,
    text: textOf(composed, link, portal, frame),
    html: htmlOf(composed, link, portal, frame),
    stopLink: composed.stop === undefined ? null : link,
  }
}

function textOf(composed: Composed, link: string | null, portal: Portal, { linkWithheld }: Frame): string {
  const { before, button, page, facts = [], after = [], stop } = composed
  const parts = [
    ...before,
    ...(button === undefined ? [] : [`${button}:\n${link ?? linkWithheld}`]),
    ...(page === undefined ? [] : [`${page[0]}:\n${page[1]}`]),
    ...(facts.length === 0 ? [] : [facts.map(([name, value]) => `${name}: ${value}`).join('\n')]),
    ...after,
    ...(stop === undefined ? [] : [`${stop}:\n${link ?? linkWithheld}`]),
    `--\n${portal.name}\n${portal.url}`,
  ]
  return `${parts.join('\n\n')}\n`
}

const text = 'margin:0 0 16px;font-size:16px;line-height:24px;color:#1f2933;overflow-wrap:anywhere'
const quiet = 'margin:0 0 8px;font-size:14px;line-height:20px;color:#52606d'

function htmlOf(composed: Composed, link: string | null, portal: Portal, frame: Frame): string {
  const { subject, before, button, page, facts = [], after = [], stop } = composed
  const paragraphs = (lines: readonly string[]) => lines.map((line) => `<p style="${text}">${escaped(line)}</p>`).join('')
  const { linkWithheld, insteadOfButton } = frame
  const address = link === null ? linkWithheld : escaped(link)
  const action =
    page !== undefined
      ? buttonTo(escaped(page[1]), page[0], frame)
      : button === undefined
        ? ''
        : link === null
          ? `<p style="margin:24px 0"><span style="${text}">${linkWithheld}</span></p>${inPlainText(linkWithheld, insteadOfButton)}`
          : buttonTo(address, button, frame)
  const stops =
    stop === undefined
      ? ''
      : `<p style="${quiet}">${escaped(stop)}:</p><p style="${quiet};overflow-wrap:anywhere">${
          link === null ? linkWithheld : `<a href="${address}" style="color:#1257a8">${address}</a>`
        }</p>`
  const list = facts.length === 0 ? '' : `<div style="margin:0 0 16px">${facts.map(factHtml).join('')}</div>`
  return `<!doctype html>
<html lang="${frame.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px 8px;background:#f2f4f7;font-family:Arial,Helvetica,sans-serif">
<div role="main" style="max-width:560px;margin:0 auto;padding:32px 20px;border-radius:8px;background:#ffffff">
<p style="margin:0 0 24px;font-size:14px;font-weight:600;color:#52606d">${escaped(portal.name)}</p>
<h1 style="margin:0 0 16px;font-size:20px;line-height:28px;color:#1f2933">${escaped(subject)}</h1>
${paragraphs(before)}${action}${list}${paragraphs(after)}${stops}
<p style="${quiet};margin-top:24px"><a href="${escaped(portal.url)}" style="color:#1257a8">${escaped(portal.url)}</a></p>
</div></body></html>
`
}

/** Beside each other where there is room, else one below the other: so no word of a value is broken that a line of a phone has room for. */
function factHtml([name, value]: readonly [string, string]): string {
  const cell = 'display:inline-block;width:100%;vertical-align:top;font-size:14px;line-height:20px'
  return `<div style="padding:4px 0"><span style="${cell};max-width:180px;color:#52606d">${escaped(name)}</span> <span style="${cell};max-width:330px;color:#1f2933;overflow-wrap:anywhere">${escaped(value)}</span></div>`
}

/** `address` is escaped. */
function buttonTo(address: string, words: string, { insteadOfButton }: Frame): string {
  return `<p style="margin:24px 0"><a href="${address}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#1257a8;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none">${escaped(words)}</a></p>${inPlainText(address, insteadOfButton)}`
}

function inPlainText(address: string, words: string): string {
  return `<p style="${quiet}">${escaped(words)}</p><p style="${quiet};margin-bottom:24px;overflow-wrap:anywhere">${address}</p>`
}

function escaped(line: string): string {
  return line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
