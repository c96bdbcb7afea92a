/**
 * The name of a file without its folders. Where the name is itself a template, as in `{% if x %}Makefile{% endif %}` or
 * `Makefile.jinja`, the name it has once a project is made of it.
 */
export function nameInside(path: string): string {
  let name = ''
  let from = path.lastIndexOf('/') + 1
  for (let open = path.indexOf('{%', from); open >= 0; open = path.indexOf('{%', from)) {
    const close = path.indexOf('%}', open + 2)
    if (close < 0) break
    name += path.slice(from, open)
    from = close + 2
  }
  name += path.slice(from)
  const ending = templateEndings.find(text => name.endsWith(text))
  return ending === undefined ? name : name.slice(0, -ending.length)
}

const templateEndings: readonly string[] = ['.jinja', '.jinja2', '.j2', '.tmpl']
