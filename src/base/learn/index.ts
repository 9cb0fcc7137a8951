/**
 * learn: small learners that give the same model from the same rows and seed.
 *
 *   sparse-rows.ts, text-features.ts     text → hashed n-grams
 *   linear-model.ts                      logistic and linear regression on them (AdaGrad)
 *   table-features.ts, feature-bins.ts   table → numeric columns → bins
 *   regression-tree.ts, gradient-boosting.ts   shallow boosted trees on bins
 *   metrics.ts                           accuracy, macro-F1, R², MAE, RMSE
 *   confident-learning.ts                labels that the data contradict
 */
export * from './confident-learning.ts'
export * from './feature-bins.ts'
export * from './gradient-boosting.ts'
export * from './linear-model.ts'
export * from './metrics.ts'
export * from './regression-tree.ts'
export * from './sparse-rows.ts'
export * from './table-features.ts'
export * from './text-features.ts'
