/** Small dense linear algebra on flat row-major arrays, without allocation. */

/** Cholesky factor of a symmetric positive definite matrix, in place (lower triangle). False if it is not positive definite. */
export function factorise(matrix: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column]!;
      for (let inner = 0; inner < column; inner++) sum -= matrix[row * size + inner]! * matrix[column * size + inner]!;
      if (row === column) {
        if (!(sum > 0)) return false;
        matrix[row * size + row] = Math.sqrt(sum);
      } else matrix[row * size + column] = sum / matrix[column * size + column]!;
    }
  }
  return true;
}

/** Solves L Lᵀ x = b in place, given the factor. */
export function solveFactored(factor: Float64Array, vector: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    let sum = vector[row]!;
    for (let inner = 0; inner < row; inner++) sum -= factor[row * size + inner]! * vector[inner]!;
    vector[row] = sum / factor[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = vector[row]!;
    for (let inner = row + 1; inner < size; inner++) sum -= factor[inner * size + row]! * vector[inner]!;
    vector[row] = sum / factor[row * size + row]!;
  }
}

let column = new Float64Array(16);

/** Inverse of a factored matrix into `inverse`. */
export function invertFactored(factor: Float64Array, inverse: Float64Array, size: number): void {
  if (column.length < size) column = new Float64Array(2 * size);
  for (let index = 0; index < size; index++) {
    for (let row = 0; row < size; row++) column[row] = row === index ? 1 : 0;
    solveFactored(factor, column, size);
    for (let row = 0; row < size; row++) inverse[row * size + index] = column[row]!;
  }
}

/** Diagonal of the inverse of a factored matrix. */
export function variancesOf(factor: Float64Array, variances: Float64Array, size: number): void {
  if (column.length < size) column = new Float64Array(2 * size);
  variances.fill(0, 0, size);
  // Column by column of the factor's own inverse, whose squares sum up to the diagonal.
  for (let index = 0; index < size; index++) {
    let square = 0;
    for (let row = index; row < size; row++) {
      let sum = row === index ? 1 : 0;
      for (let inner = index; inner < row; inner++) sum -= factor[row * size + inner]! * column[inner]!;
      column[row] = sum / factor[row * size + row]!;
      square += column[row]! * column[row]!;
    }
    variances[index] = square;
  }
}
