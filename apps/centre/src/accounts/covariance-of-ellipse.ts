/** The covariance that a 95 % ellipse stands for: the inverse of `ellipseOfCovariance`. */
import type { ErrorEllipse } from "@openjmc/model";

/** Chi-square of two degrees of freedom at 95 %. */
const CHI_SQUARE = 5.991464547;

/** East-east, east-north, north-north, square metres. */
export function covarianceOfEllipse({
  semiMajorMetres,
  semiMinorMetres,
  azimuth,
}: ErrorEllipse): [number, number, number] {
  const along = semiMajorMetres ** 2 / CHI_SQUARE;
  const across = Math.max(semiMinorMetres, 0.1) ** 2 / CHI_SQUARE;
  const [sine, cosine] = [Math.sin(azimuth), Math.cos(azimuth)];
  return [
    along * sine * sine + across * cosine * cosine,
    (along - across) * sine * cosine,
    along * cosine * cosine + across * sine * sine,
  ];
}
