/** Inverses of symmetric positive definite 4 × 4 matrices, row by row in typed arrays. */

const N = 4;
const factor = new Float64Array(N * N);

/** Writes the lower Cholesky factor of a symmetric positive definite matrix. */
function decompose(s: Float64Array): void {
  for (let row = 0; row < N; row++)
    for (let column = 0; column <= row; column++) {
      let sum = s[row * N + column]!;
      for (let k = 0; k < column; k++) sum -= factor[row * N + k]! * factor[column * N + k]!;
      factor[row * N + column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / factor[column * N + column]!;
    }
}

/** Writes the inverse of a symmetric positive definite matrix (not in place); returns the logarithm of its determinant. */
export function invertSymmetric(s: Float64Array, inverse: Float64Array): number {
  decompose(s);
  let logDeterminant = 0;
  for (let column = 0; column < N; column++) {
    logDeterminant += 2 * Math.log(factor[column * N + column]!);
    for (let i = 0; i < N; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = 0; k < i; k++) sum -= factor[i * N + k]! * inverse[k * N + column]!;
      inverse[i * N + column] = sum / factor[i * N + i]!;
    }
    for (let i = N - 1; i >= 0; i--) {
      let sum = inverse[i * N + column]!;
      for (let k = i + 1; k < N; k++) sum -= factor[k * N + i]! * inverse[k * N + column]!;
      inverse[i * N + column] = sum / factor[i * N + i]!;
    }
  }
  return logDeterminant;
}
