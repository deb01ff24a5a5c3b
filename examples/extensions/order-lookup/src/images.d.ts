/** `souk build` turns an imported image into a data URL. */
declare module '*.png' {
  const dataUrl: string
  export default dataUrl
}
