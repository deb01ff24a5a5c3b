export const Logo = ({ size = 28 }: { readonly size?: number }) => (
  <svg className="fh-logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="9" fill="#2c8f6b" />
    <path d="M8.500 25.500c0-10 5-16 15-19-.4 10.200-5.300 16.500-15 19Z" fill="#c9f0dc" />
    <path
      d="M8.500 25.500c3.200-6 6.700-10.200 11.200-14.300"
      stroke="#1d6b4f"
      strokeWidth="1.700"
      strokeLinecap="round"
      fill="none"
    />
  </svg>
)
