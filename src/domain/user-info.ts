/** What was given as a URL, to be shown: without the user and the password in it, also where it is no URL. */
export function withoutUserInfo(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    return text.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1');
  if (url.username === '' && url.password === '') return text;
  url.username = '';
  url.password = '';
  return url.href;
}
