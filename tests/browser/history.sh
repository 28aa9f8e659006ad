#!/usr/bin/env bash
# Makes a repository in which a document of the sample has an earlier version, builds the site of it, then edits the document and
# makes the review pack: pages that a content folder without a history does not have. Real documents are part of the site where they
# are at hand, but not of its past: they come with errors, which a review would speak of.
#
# history.sh KOHYO REPOSITORY SITE PACK
set -euo pipefail

kohyo=$(realpath "$1") repository=$2 site=$(realpath -m "$3") pack=$(realpath -m "$4")
content=$(realpath content)
import=$(realpath tests/browser/import-seeds.sh)
document=content/019984-mihon/12-kojin-juminzei

rm -rf "$repository"
mkdir -p "$repository"
cd "$repository"
cp -r "$content" content
git init --quiet

commit() {
  git add --all
  git -c user.name=kohyo -c user.email=kohyo@example.jp -c commit.gpgsign=false commit --quiet -m "$1"
}

# Replaces a text in a file; it must be there.
replace() {
  grep -q -- "$2" "$1"
  sed -i -e "s|$2|$3|" "$1"
}

# A year before: another day, shorter texts, and another name of the folder.
form=$document/assessment.yaml
cp -r "$document" later
replace "$form" '^公表日: .*' '公表日: 令和7年9月1日'
replace "$form" '所得証明書、課税証明書などの証明書を交付する。' '証明書を交付する。'
replace "$form" '国が定める標準仕様に適合した、個人住民税の課税のためのシステムである。' '個人住民税の課税のためのシステムである。'
mv "$document" content/019984-mihon/12-juminzei
commit 'a year before'
rm -r content/019984-mihon/12-juminzei
mv later "$document"
commit 'as it is'
"$import" "$kohyo" content
"$kohyo" build --allow-errors --out "$site" 2>build.log || { cat build.log >&2; exit 1; }
# Findings about the texts of imported documents are not what is tested here.
grep -A 40 -E '^(警告: 作ったページ|自治体 [0-9])' build.log
git clean --quiet --force -d content

# What is being prepared.
replace "$form" '^公表日: .*' '公表日: 令和9年4月1日'
replace "$form" '減免の申請を受け付け、審査して決定する。' '減免の申請を窓口と電子申請で受け付け、審査して決定する。'
replace "$form" '市税の納付の状況と滞納整理の経過を管理するシステムである。' '市税及び国民健康保険料の納付の状況を管理するシステムである。'
"$kohyo" changes draft
"$kohyo" review --out "$pack"
