// Light, dark, or as the system has it.
export const THEMES = ['system', 'light', 'dark'];

export function theme() {
  return localStorage.getItem('theme') ?? 'system';
}

export function chooseTheme(name) {
  localStorage.setItem('theme', name);
  if (name === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
}
