/** The address of a page; an undefined parameter would be written as such, so leave it out. */
export function linkTo(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  return `#/${path.split('/').map(encodeURIComponent).join('/')}${query ? `?${query}` : ''}`;
}
