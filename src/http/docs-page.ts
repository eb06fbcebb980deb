import type { Tokens } from 'marked'

interface Listed {
  path: string
  name: string
}

interface Frame {
  portalName: string
  page: Listed
  groups: readonly { group: string; pages: readonly Listed[] }[]
  /** A link's address on the server; null: there is nothing to link to, and its words stand alone. */
  addressOf: (link: string) => string | null
}

/** A page of the docs: its Markdown (ours, so HTML in it stands) as HTML, with the list of all pages beside it. */
export async function docsPageHtml(markdown: string, { portalName, page, groups, addressOf }: Frame): Promise<string> {
  const { Marked } = await import('marked')
  const anchors = new Map<string, number>()
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        const anchor = anchorOf(text, anchors)
        return `<h${depth} id="${anchor}">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
      link({ href, tokens }: Tokens.Link) {
        const address = addressOf(href)
        const words = this.parser.parseInline(tokens)
        return address === null ? words : `<a href="${escaped(address)}">${words}</a>`
      },
      image({ href, text }: Tokens.Image) {
        const light = escaped(addressOf(href) ?? href)
        const image = `<img src="${light}" alt="${escaped(text)}" loading="lazy">`
        if (!light.endsWith('-light.png')) return image
        const dark = light.replace(/-light\.png$/, '-dark.png')
        return `<picture><source srcset="${dark}" media="(prefers-color-scheme: dark)">${image}</picture>`
      },
      table(token: Tokens.Table) {
        const row = (cells: Tokens.TableCell[], tag: string) =>
          `<tr>${cells.map((cell) => cellOf(cell, tag, this.parser.parseInline(cell.tokens))).join('')}</tr>`
        const name = escaped(
          token.header
            .map(({ text }) => text)
            .filter(Boolean)
            .join(', '),
        )
        // A wide one is moved sideways by itself, by keyboard too, and the page stays as it is.
        return `<div class="table" role="region" tabindex="0" aria-label="Table: ${name}"><table><thead>${row(token.header, 'th')}</thead><tbody>${token.rows
          .map((cells) => row(cells, 'td'))
          .join('')}</tbody></table></div>\n`
      },
      code({ text, lang }: Tokens.Code) {
        return `<pre tabindex="0" role="region" aria-label="${escaped(lang ? `Example, ${lang}` : 'Example')}"><code>${escaped(text)}</code></pre>\n`
      },
    },
  })
  const body = await marked.parse(markdown)
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? page.name
  const item = ({ path, name }: Listed) =>
    `<li><a href="${path}"${path === page.path ? ' aria-current="page"' : ''}>${escaped(name)}</a></li>`
  const list = groups
    .map(({ group, pages }) => {
      const more = group === 'Reference' ? '<li><a href="/rest/">API, to try out</a></li>' : ''
      return `<h2>${escaped(group)}</h2>\n<ul>${pages.map(item).join('')}${more}</ul>`
    })
    .join('\n')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} – ${escaped(portalName)}</title>
<link rel="icon" href="/en/favicon.svg">
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<a class="skip" href="#content">To the text</a>
<header><a href="/docs">${escaped(portalName)} docs</a> <a href="/">Portal</a></header>
<div class="columns">
<nav aria-label="Docs"><details><summary>All pages</summary>${list}</details><div class="list">${list}</div></nav>
<main id="content" tabindex="-1">
${body}
</main>
</div>
</body>
</html>
`
}

/** A column without a name has no header cell, which would have to name it. */
function cellOf({ text }: Tokens.TableCell, tag: string, words: string): string {
  const own = text === '' ? 'td' : tag
  return `<${own}>${words}</${own}>`
}

/** A heading's anchor, as the common viewers of Markdown make it: letters, digits and hyphens; the second alike gets a number. */
function anchorOf(text: string, taken: Map<string, number>): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')
  const nth = taken.get(plain) ?? 0
  taken.set(plain, nth + 1)
  return nth === 0 ? plain : `${plain}-${nth}`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
